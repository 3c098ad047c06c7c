import type { Posture } from '../../lib/aws/stores/posture.ts';
import { subjectOf } from '../../lib/engine/findings/finding-id.ts';
import type { ResourceRow, Transition } from '../../lib/engine/posture/row.ts';
import type { RowForm } from '../../lib/engine/posture/row-form.ts';
import { withNoted, withPublished } from '../../lib/engine/posture/row-version.ts';
import type { Planned } from '../../lib/engine/remediation/planning.ts';
import { memoryTurns } from './memory-turns.ts';

export interface Memory {
  readonly rows: Map<string, ResourceRow>;
  readonly transitions: Transition[];
  /** Called before each step with its name; throws to make the step fail. */
  readonly before: (step: string) => void;
}

/** A posture table in memory, so that a test can choose every interleaving; posture.test.ts holds it to the real one. */
export const memoryPosture = (
  { rows, transitions, before: check }: Memory = {
    rows: new Map(),
    transitions: [],
    before: () => {},
  },
  form: RowForm = 'json',
): Posture => {
  const dues = new Map<string, string>();
  const plans = new Map<string, Planned>();
  const populations = new Map<string, number>();
  let begunAt: string | undefined;
  let deniedAt: string | undefined;
  return {
    turns: memoryTurns(),
    async read(keys) {
      check('posture.read');
      return new Map(
        keys.flatMap((key) => {
          const row = rows.get(key);
          return row ? [[key, structuredClone(row)] as const] : [];
        }),
      );
    },
    async write(key, before, row, dueAt) {
      check('posture.write');
      if (rows.get(key)?.version !== before?.version) return false;
      rows.set(key, structuredClone(row));
      if (row.goneAt === undefined) dues.set(key, dueAt);
      else dues.delete(key);
      return true;
    },
    async note(key, row, noted) {
      const turns = row.unrecorded ?? [];
      if (form === 'deflated') {
        check('posture.note');
        transitions.push(...turns);
        // What was noted of a version says nothing of the next.
        if (rows.get(key)?.version === row.version)
          rows.set(key, structuredClone(withNoted(row, noted)));
        return;
      }
      if (turns.length > 0) check('posture.addTransitions');
      transitions.push(...turns);
      check('posture.notePublished');
      if (rows.get(key)?.version !== row.version) return;
      rows.set(key, structuredClone(withPublished(row, noted)));
    },
    async putPlans(key, kept) {
      check('posture.putPlans');
      for (const { control, planned } of kept) plans.set(`${key} ${control}`, planned);
    },
    readPlan: async (key, control) => plans.get(`${key} ${control}`),
    keysOf: async (subject) =>
      [...rows].flatMap(([key, { arn }]) =>
        arn !== undefined && subjectOf(arn) === subject ? [key] : [],
      ),
    async notePopulation(type, count) {
      populations.set(type, count);
    },
    async claimSweep(at, since) {
      if (begunAt !== undefined && begunAt > since) return false;
      begunAt = at;
      return true;
    },
    async claimDenied(at, since) {
      if (deniedAt !== undefined && deniedAt > since) return false;
      deniedAt = at;
      return true;
    },
    async due(at, limit) {
      return [...dues].flatMap(([key, dueAt]) => (dueAt <= at ? [key] : [])).slice(0, limit);
    },
  };
};
