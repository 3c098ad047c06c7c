import { integer, type Parameter } from '../model/parameters.ts';

/** A parameter of a host control: checked where the baseline is read, and once more by bash on the host. */
export interface HostParameter extends Parameter<number> {
  readonly shell: string;
}
export interface WordParameter extends Parameter<string> {
  readonly shell: string;
}
export type HostParameters = Readonly<Record<string, HostParameter | WordParameter>>;

/** A whole number from `min` to `max`, both allowed. */
export const within = (options: { default: number; min: number; max: number }): HostParameter => ({
  ...integer(options),
  shell: `${options.min}..${options.max}`,
});

export const word = <const T extends string>(options: {
  default: T;
  values: readonly T[];
}): WordParameter => ({
  default: options.default,
  allowed: `one of ${options.values.join(', ')}`,
  accepts: (value): value is T => options.values.some((allowed) => allowed === value),
  shell: `@${options.values.join(',')}`,
});
