import type { About, AnyResourceType, Ref } from '../../model/resource-type.ts';
import type { FacetReading } from './evaluate.ts';

/** What a finding says of a resource beside its verdict. */
export interface Identity {
  /** `undefined` where it neither follows from the reference nor could be read. */
  readonly arn: string | undefined;
  /** `undefined` where the tags may not be read; none where there are none. */
  readonly tags: About['tags'] | undefined;
}

const isAbout = (value: unknown): value is About =>
  typeof value === 'object' && value !== null && 'arn' in value && 'tags' in value;

/** ARN and tags, from a reading of the facet `about`. */
export const identityFrom = (
  about: FacetReading | undefined,
  type: Pick<AnyResourceType, 'arn'>,
  ref: Ref,
): Identity => {
  const arn = type.arn?.(ref);
  if (!about || !('value' in about)) return { arn, tags: undefined };
  return isAbout(about.value) ? about.value : { arn, tags: {} };
};
