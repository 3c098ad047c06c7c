import type { About } from '../../model/resource-type.ts';

interface Tagged {
  readonly Tags?:
    | readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]
    | undefined;
}

/** ARN and tags, which EFS shows with whatever it describes. */
export const aboutOf = (arn: string, { Tags = [] }: Tagged): About => ({
  arn,
  tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
});

/** A state that EFS is still changing: https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html */
export const isChanging = (value: unknown): boolean =>
  /^(creating|updating|deleting)$/.test(String(Object(value).state));
