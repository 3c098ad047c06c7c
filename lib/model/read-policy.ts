/** A policy of which some statements were not read: what it forbids is known, and what it lets in only in part. */
export interface PolicyInPart {
  /** The statements that were read. */
  readonly read: string | undefined;
  /** What was not looked at: `12 versions`. */
  readonly leftOut: string;
}
export type ReadPolicy = string | PolicyInPart | undefined;

/** The text of a policy, as far as it was read. */
export const policyText = (policy: ReadPolicy): string | undefined =>
  typeof policy === 'object' ? policy.read : policy;
