import { messageOf } from '../aws/errors.ts';
import type { Service } from '../model/calls.ts';
import { Unresolved } from '../model/unresolved.ts';

/** A call that reads something in the account. */
export interface LiveCall {
  readonly service: Service;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}
interface Where {
  readonly account: string;
  readonly region: string;
}
type Answered = { readonly value: unknown } | { readonly error: unknown };

/** `s3:GetBucketPolicy` */
export const callName = ({ service, operation }: Omit<LiveCall, 'input'>): string =>
  `${service}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;

/** What of the account as it is decides about a template. Each call is made once, when something depends on it. */
export class Live {
  readonly account: string;
  /** Calls that were not answered, by call and region, each with AWS's first word on it. */
  readonly refused = new Map<string, string>();
  /** How many calls were made. */
  calls = 0;
  readonly #ask: (call: LiveCall, region: string) => Promise<unknown>;
  readonly #answers = new Map<string, Answered>();
  readonly #waiting = new Map<string, () => Promise<void>>();
  /** @param ask makes the call, and rejects with AWS's error */
  constructor(account: string, ask: (call: LiveCall, region: string) => Promise<unknown>) {
    this.account = account;
    this.#ask = ask;
  }
  /**
   * What AWS answers. Throws AWS's error where that says that something is not there or not set, and Unresolved for what
   * was refused, or not asked for yet: `settle` asks for it, and whatever depends on it is evaluated again.
   */
  answer(call: LiveCall, { account, region }: Where): unknown {
    const name = callName(call);
    if (account !== this.account)
      throw new Unresolved(`${name} in account ${account}, which is not the one that is read`);
    const key = JSON.stringify([region, call.service, call.operation, call.input]);
    const known = this.#answers.get(key);
    if (!known) {
      this.#waiting.set(key, () => this.#read(key, call, region));
      throw new Unresolved(`${name}, which is being read`);
    }
    if ('value' in known) return known.value;
    if (isOfResource(known.error)) throw known.error;
    throw new Unresolved(`${name}, which could not be read: ${messageOf(known.error)}`);
  }
  async #read(key: string, call: LiveCall, region: string): Promise<void> {
    this.calls += 1;
    try {
      this.#answers.set(key, { value: await this.#ask(call, region) });
    } catch (error) {
      this.#answers.set(key, { error });
      const where = `${callName(call)} in ${region}`;
      if (!isOfResource(error) && !this.refused.has(where))
        this.refused.set(where, messageOf(error));
    }
  }
  /** Reads what was asked for since; false where nothing was. */
  async settle(): Promise<boolean> {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    await Promise.all(waiting.map((read) => read()));
    return waiting.length > 0;
  }
}

/** Whether an error says that something is not there or not set, and not that it could not be read. */
const isOfResource = (error: unknown): boolean => {
  const status: unknown = Reflect.get(
    Object(Reflect.get(Object(error), '$metadata')),
    'httpStatusCode',
  );
  const name = error instanceof Error ? error.name : '';
  return (
    (status === 400 || status === 404) && /NotFound|NoSuch|NonExistent|DoesNotExist/.test(name)
  );
};
