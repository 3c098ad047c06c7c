import type { services } from '../services/every.ts';

/** The AWS services that are called: the files of `lib/services`, by their names. */
export type Service = keyof typeof services;
/** The SDK's client of each. */
export type Sdk = {
  readonly [S in Service]: Awaited<ReturnType<(typeof services)[S]['connect']>>;
};

// An SDK client declares each operation in three overloads; inference sees the last, which takes a callback.
type Overload<I, O> = (input: I, options: never, done: (error: never, output?: O) => void) => void;
export type Operation<S extends Service> = {
  [M in keyof Sdk[S]]: Sdk[S][M] extends (...args: never[]) => unknown ? M : never;
}[keyof Sdk[S]] &
  string;
/** A listing call whose pages are told by the file of its service. */
export type PagedOperation<S extends Service> = Operation<S> &
  (typeof services)[S]['pages'][number]['operations'][number];
export type Input<S extends Service, O extends Operation<S>> =
  Sdk[S][O] extends Overload<infer I, infer _> ? I & object : never;
export type Output<S extends Service, O extends Operation<S>> =
  Sdk[S][O] extends Overload<infer _, infer R> ? R : never;

/** An action as IAM writes it, `s3:GetBucketPolicy`. */
export type IamAction = `${Lowercase<string>}:${Capitalize<string>}`;
