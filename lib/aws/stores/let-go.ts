import { letGoKey } from '../../resources/account/switch-word.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { decode, encode } from '../../support/wire.ts';
import { putIf } from './conditional.ts';
import type { Sealing } from './ledger.ts';
import { itemIn, type LedgerTables } from './ledger-tables.ts';

/** That an operator has let something go again which somebody, or a limit, had stopped. */
export interface LetGo {
  /** `switch`, `breaker S3.8`, `rollout PL.SSH.4`. */
  readonly what: string;
  /** ARN of the operator, and what the caller calls the session. */
  readonly by: string;
  readonly session?: string;
  readonly at: string;
  /** Of the switch: its parameter as it was written for this. */
  readonly parameter?: { readonly version: number; readonly at: string };
}
/** The latest word of an operator on each of these. */
export interface LetGoLog {
  /** Where this function seals, what it has not sealed counts for nothing. */
  latest(what: string): Promise<LetGo | undefined>;
  keep(letGo: LetGo): Promise<void>;
}

/** Hears of a word that nobody has sealed; `forget` takes it out of the ledger. */
export type OnForged = (what: string, forget: () => Promise<void>) => Promise<void>;

export const createLetGoLog = (
  tables: LedgerTables,
  sealing?: Sealing,
  onForged?: OnForged,
): LetGoLog => {
  const { dynamoDb, table } = tables;
  /** What was proven already in this process: it is asked for before every call. */
  const proven = new Set<string>();
  const sealed = (what: string, body: string): string => {
    const { account, region } = sealing ?? {};
    return canonicalJson({ account, region, table, ...letGoKey(what), body });
  };
  const isProven = async (what: string, body: string, seal: unknown): Promise<boolean> => {
    if (!sealing) return true;
    if (typeof seal !== 'string') return false;
    const text = sealed(what, body);
    if (proven.has(`${seal} ${text}`)) return true;
    const holds = await sealing.seal.holds(text, seal);
    if (holds) proven.add(`${seal} ${text}`);
    return holds;
  };
  const forget = async (what: string, body: string): Promise<void> => {
    await putIf(() =>
      dynamoDb.delete({
        TableName: table,
        Key: letGoKey(what),
        ConditionExpression: 'body = :body',
        ExpressionAttributeValues: { ':body': body },
      }),
    );
  };
  return {
    async latest(what) {
      const { body, seal } = (await itemIn(tables, table, letGoKey(what))) ?? {};
      if (typeof body !== 'string') return undefined;
      if (await isProven(what, body, seal)) return decode(body) as LetGo;
      await onForged?.(what, () => forget(what, body));
      return undefined;
    },
    async keep(letGo) {
      const { what } = letGo;
      const body = encode(letGo);
      const seal = await sealing?.seal.of(sealed(what, body));
      const Item = { ...letGoKey(what), body, ...(seal === undefined ? {} : { seal }) };
      await dynamoDb.put({ TableName: table, Item });
    },
  };
};
