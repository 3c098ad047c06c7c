/** What a call asks IAM for; `*` where its action knows no resources. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that this need alone carries, in lower case. */
  readonly context?: readonly (readonly [string, readonly string[]])[];
}

/** Where a call is made. */
export interface CallPlace {
  readonly region: string;
  readonly account: string;
}
