/** A control, in an account; none is said of the account where Plumbline stands. */
export interface InAccount {
  readonly control: string;
  readonly account?: string;
}

/** What the breaker of a control is kept under: `S3.8`, and `S3.8-444455556666` in another account. */
export const breakerName = ({ control, account }: InAccount): string =>
  account === undefined ? control : `${control}-${account}`;

/** Whose breaker a name is. */
export const breakerNamed = (name: string): InAccount => {
  const [, control, account] = /^(.+)-(\d{12})$/.exec(name) ?? [];
  return control !== undefined && account !== undefined ? { control, account } : { control: name };
};
