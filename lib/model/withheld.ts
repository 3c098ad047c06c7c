/** What the policy of a resource keeps from whoever reads it. */
export interface Withheld {
  readonly facet: string;
  /** `s3:GetBucketPolicy` */
  readonly action: string;
  /** Whose policy it is, where AWS says it. */
  readonly resource?: string;
}
