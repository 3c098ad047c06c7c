/** A change that somebody makes in the sources of a plan of Terraform; nobody else does. */
export interface Setting {
  readonly change: 'set' | 'add' | 'remove';
  /** Of the resource. */
  readonly address: string;
  /** `versioning_configuration[0].status`; none of a resource that comes or goes as a whole. */
  readonly attribute?: string;
  /** As JSON, with `${…}` for what it refers to; of a resource that is added its attributes. */
  readonly value?: unknown;
  /** Where it is written now, or the resource that it is of. */
  readonly file: string;
  readonly line: number;
  /** As it is written in the language of Terraform. */
  readonly text: string;
}
export interface Proposal {
  readonly settings: readonly Setting[];
  /** The plan as it would be with them. */
  readonly plan: string;
}
