import { keyOf } from '../../engine/changes/change.ts';
import { currentType } from '../../engine/posture/former-types.ts';
import type { Action } from '../../engine/remediation/action.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { decode, encode } from '../../support/wire.ts';
import { actionNames, concludedNames, type Images, keepText, keptText } from './action-bodies.ts';
import { inBatches, ofMonth } from './action-listing.ts';
import { putIf } from './conditional.ts';
import { itemOf, type LedgerTables } from './ledger-tables.ts';
import type { Seal } from './seal.ts';

const keptDays = 400;
const sortKey = 'action';

/** What proves an entry, as it was read. */
interface Proof {
  /** What is sealed: the action as the function that acts wrote it. */
  readonly body: string;
  readonly version: number;
  readonly seal: string;
  /** The table that it stands in. */
  readonly table: string;
}
/** An action as it was read, with the version that the next write is conditional on. */
export interface Entry {
  readonly action: Action;
  readonly version: number;
  readonly proof?: Proof;
  /** An earlier release has left it in the posture table; its next state is written to the ledger's own. */
  readonly isEarlier?: true;
  /** An earlier release began it, which kept no proof. */
  readonly isLeft?: true;
}
/** What earlier releases kept of an outcome, beside the action. */
type Concluded = Pick<Action, 'state' | 'why' | 'meanwhile' | 'concludedAt' | 'after'>;

/** What was done, and what was not done and why: one item an action, kept for 400 days. */
export interface Ledger {
  get(id: string): Promise<Entry | undefined>;
  /** Writes a new action; `undefined` where there is one of this id. */
  add(action: Action): Promise<Entry | undefined>;
  /**
   * Writes the next state of an action; `undefined` where somebody wrote since. It is sealed only where the seal of the
   * state before holds: what nobody can prove stays so, whatever becomes of it.
   */
  put(before: Entry, action: Action): Promise<Entry | undefined>;
  /** Whether the function that acts wrote an entry, for this very id and version. */
  isAuthentic(id: string, entry: Entry): Promise<boolean>;
  /**
   * The latest actions first, at most so many of those that are wanted.
   * @param months such as `2026-11`, the latest first
   */
  list(
    months: readonly string[],
    most: number,
    isWanted?: (action: Action) => boolean,
  ): Promise<readonly Action[]>;
}

/** Who seals what it writes, and where that stands; others only read. */
export interface Sealing {
  readonly seal: Seal;
  readonly account: string;
  readonly region: string;
}

/** An action of a release before, of the type that has its controls now; its seal is of what was written. */
const current = (action: Action): Action => ({
  ...action,
  type: currentType(action.type, action.controls),
});

/** Without what it would be derived from again: an earlier release kept no proof, and a person takes it back. */
const unproven = ({ basis: _, ...action }: Action): Action => action;

const idPrefix = 'action#';
const idKey = (id: string) => ({ pk: `${idPrefix}${id}`, sk: sortKey });

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a store is one object of short methods.
export const createLedger = (tables: LedgerTables, images: Images, sealing?: Sealing): Ledger => {
  const { dynamoDb, table, earlier } = tables;
  /** What a seal is of: a row that is moved, or put back under another version, has another one. */
  const sealed = (id: string, { version, body, table: stands }: Omit<Proof, 'seal'>): string =>
    canonicalJson({
      account: sealing?.account,
      region: sealing?.region,
      table: stands,
      ...idKey(id),
      version,
      action: body,
    });

  /** Of which action those are that were made or checked here; KMS tells no more of them. */
  const proven = new WeakMap<Proof, string>();
  const isAuthentic = async (id: string, { proof }: Entry): Promise<boolean> => {
    if (!proof || !sealing) return false;
    if (proven.get(proof) === id) return true;
    const holds = await sealing.seal.holds(sealed(id, proof), proof.seal);
    if (holds) proven.set(proof, id);
    return holds;
  };
  const proofOf = async (id: string, said: Omit<Proof, 'seal'>): Promise<Proof | undefined> => {
    if (!sealing) return undefined;
    const proof = { ...said, seal: await sealing.seal.of(sealed(id, said)) };
    proven.set(proof, id);
    return proof;
  };

  const write = async (
    action: Action,
    version: number,
    before: Entry | undefined,
  ): Promise<Entry | undefined> => {
    const { id, startedAt, state } = action;
    const said = { body: encode(action), version, table };
    const isProven = before === undefined || (await isAuthentic(id, before));
    const proof = isProven ? await proofOf(id, said) : undefined;
    const image = `actions/${id}/${version}.json`;
    const [name, kept] = await keepText(actionNames, said.body, image, images);
    const Item = {
      ...idKey(id),
      version,
      sealedVersion: version,
      month: startedAt.slice(0, 7),
      startedAt,
      state,
      resource: keyOf(action),
      expiresAt: Math.floor(Date.parse(startedAt) / 1000) + keptDays * 86_400,
      [name]: kept,
      ...(proof ? { seal: proof.seal } : {}),
      ...(before?.isLeft ? { left: true } : {}),
    };
    const isWritten = await putIf(() =>
      dynamoDb.put({
        TableName: table,
        Item,
        ...(before && !before.isEarlier
          ? {
              ConditionExpression: 'version = :before',
              ExpressionAttributeValues: { ':before': before.version },
            }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      }),
    );
    if (!isWritten) return undefined;
    return {
      action,
      version,
      ...(proof ? { proof } : {}),
      ...(before?.isLeft ? { isLeft: true as const } : {}),
    };
  };
  const entryOf = async (
    item: Readonly<Record<string, unknown>>,
    stands: string,
  ): Promise<Entry> => {
    const body = (await keptText(item, actionNames, images)) ?? '';
    const concluded = await keptText(item, concludedNames, images);
    const { seal, sealedVersion } = item;
    const action = current(decode(body) as Action);
    const outcome = concluded === undefined ? {} : (decode(concluded) as Concluded);
    const isEarlier = stands === earlier;
    const entry = {
      version: Number(item['version']),
      ...(isEarlier ? { isEarlier: true as const } : {}),
    };
    const isLeft = isEarlier || item['left'] === true;
    // An outcome that stands beside the seal is nobody's.
    if (typeof seal === 'string' && concluded === undefined) {
      const proof = { body, version: Number(sealedVersion), seal, table: stands };
      return { ...entry, action, proof };
    }
    const said = { ...action, ...outcome };
    return isLeft ? { ...entry, action: unproven(said), isLeft } : { ...entry, action: said };
  };
  const get = async (id: string): Promise<Entry | undefined> => {
    const found = await itemOf(tables, idKey(id));
    return found && entryOf(found.item, found.table);
  };
  return {
    get,
    add: (action) => write(action, 1, undefined),
    put: (before, action) => write(action, before.version + 1, before),
    isAuthentic,
    async list(months, most, isWanted = () => true) {
      const found: Action[] = [];
      for (const month of months) {
        if (found.length >= most) break;
        for await (const batch of inBatches(ofMonth(tables, month, most))) {
          const entries = await Promise.all(batch.map(({ pk }) => get(pk.slice(idPrefix.length))));
          found.push(
            ...entries.flatMap((entry) => (entry && isWanted(entry.action) ? [entry.action] : [])),
          );
          if (found.length >= most) break;
        }
      }
      return found.slice(0, most);
    },
  };
};
