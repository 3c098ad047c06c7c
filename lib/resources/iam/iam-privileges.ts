import type { Facet, Reader, Ref } from '../../model/resource-type.ts';
import type { AttachedPolicy, InlinePolicy } from './iam-details.ts';
import { iamPolicy } from './iam-policy.ts';

/** What reading the documents of managed policies takes. */
export const documentActions = iamPolicy.facets.defaultVersion.actions;

/** The documents that are in force of an identity's policies, managed and inline, as IAM answers with them. */
export const documentsOf = async (
  reader: Reader,
  ref: Ref,
  attached: readonly AttachedPolicy[],
  inline: readonly InlinePolicy[],
): Promise<readonly string[]> => {
  const managed = attached.map(({ arn }) =>
    reader.facet(iamPolicy, { ...ref, id: arn }, 'defaultVersion'),
  );
  return [...(await Promise.all(managed)), ...inline.map(({ document }) => document)];
};

// IAM lists attached policies in no order that it promises.
const byArn = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.toSorted((a, b) => String(Object(a).arn).localeCompare(String(Object(b).arn)))
    : value;
export const attachedInAnyOrder = { comparable: byArn } as const satisfies Partial<Facet>;

/** Documents of other resources, which change without the identity. */
export const notItsOwn = { comparable: () => undefined } as const satisfies Partial<Facet>;
