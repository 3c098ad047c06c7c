import { medianOf } from './figures.ts';
import { type Bundled, bundledHere } from './stub/bundled.ts';
import { withEvaluate } from './stub/evaluate.ts';
import { type Kind, kinds } from './stub/events.ts';
import type { Call } from './stub/stub.ts';

/** Write units of DynamoDB that one event takes on a resource that is known, indexes counted, in one form of rows. */
export interface WriteFigures {
  readonly kind: Kind;
  readonly form: 'json' | 'deflated';
  /** Where the event brings a FAIL about, and where it ends one. */
  readonly failing: number;
  readonly passing: number;
  /** Requests to SQS of a failing event, the poller's two among them. */
  readonly queueRequests: number;
}

const rounds = 4;
/** Lambda's poller receives and deletes the message. */
const pollerRequests = 2;

const isOfQueue = ({ service }: Call): boolean => service === 'amazonsqs';

const unitsIn = (form: WriteFigures['form'], bundled: Bundled): Promise<readonly WriteFigures[]> =>
  withEvaluate(
    {},
    { ROW_FORM: form },
    async ({ stub, take }) => {
      const figures: WriteFigures[] = [];
      for (const kind of kinds) {
        const requests: number[] = [];
        const units: { failing: number[]; passing: number[] } = { failing: [], passing: [] };
        for (let round = -1; round < rounds; round += 1) {
          for (const state of ['failing', 'passing'] as const) {
            stub.state.isBroken = state === 'failing';
            stub.calls.length = 0;
            await take(kind);
            const taken = stub.table.takeUnits();
            // The first round makes the rows.
            if (round >= 0) units[state].push(taken);
            if (state === 'failing') requests.push(stub.calls.filter(isOfQueue).length);
          }
        }
        const failing = medianOf(units.failing);
        const queueRequests = medianOf(requests) + pollerRequests;
        figures.push({ kind, form, failing, passing: medianOf(units.passing), queueRequests });
      }
      return figures;
    },
    bundled,
  );

/** @param forms of rows that are written */
export const benchWrites = async (
  bundled: Bundled = bundledHere,
  forms: readonly WriteFigures['form'][] = ['json', 'deflated'],
): Promise<readonly WriteFigures[]> => {
  const figures: WriteFigures[] = [];
  for (const form of forms) figures.push(...(await unitsIn(form, bundled)));
  return figures;
};
