import type {
  Context,
  Control,
  Parameters,
  Settings,
  Snapshot,
  Verdict,
} from '../../lib/model/control.ts';
import type { AnyResourceType } from '../../lib/model/resource-type.ts';
import type { EffectsByService } from './apply/applied.ts';
import { type Planned, testPlan } from './plans.ts';

/** One row of a control's table: the title is its key. */
export interface Row<State, P extends Parameters> {
  /** Facets that differ from the table's `base`. */
  readonly given: Partial<State>;
  readonly parameters?: Partial<Settings<P>>;
  /** Read at this time; `now` of the harness where it is not given. */
  readonly at?: Date;
  /** The regions in which resources are evaluated. */
  readonly regions?: readonly string[];
  readonly verdict: Verdict['status'];
  /** Evidence paths that a FAIL names, in order, all of them. */
  readonly evidence?: readonly string[];
  readonly reason?: RegExp;
  readonly recheckAt?: Date;
  readonly id?: string;
  /** What the plan of a FAIL is; every FAIL row of a control that can be remediated says it. */
  readonly plan?: Planned;
}
export interface Table<State, P extends Parameters> {
  /** A compliant snapshot, where rows are told by their difference. */
  readonly base?: State;
  readonly rows: Readonly<Record<string, Row<State, P>>>;
  /** What AWS does to the facets at calls that only this control's plan makes. */
  readonly effects?: EffectsByService;
}

/** The time at which rows are read unless they say otherwise. */
export const now = new Date('2026-06-15T12:00:00Z');

export interface Evaluated {
  readonly control: Control;
  readonly snapshot: Readonly<Record<string, unknown>>;
  readonly context: Context<Parameters>;
}
/** Every row of every table loaded so far: what the benchmark of the engine evaluates. */
export const evaluated: Evaluated[] = [];
/** The calls that each table loaded so far says the effects of. */
export const effectsOfTables: { readonly control: string; readonly call: string }[] = [];

export const defaults = (control: Pick<Control, 'parameters'>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(control.parameters ?? {}).map(([name, parameter]) => [name, parameter.default]),
  );

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    if (!(value instanceof Date)) Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
};

interface Definition<
  R extends AnyResourceType,
  Need extends string,
  P extends Parameters,
  Extra extends string,
> {
  readonly id: string;
  readonly resources: readonly R[];
  readonly needs: readonly Need[];
  readonly parameters?: P;
  evaluate(snapshot: Snapshot<R, Need>, context: Context<P>): Verdict;
  readonly remediation: { readonly advice: string; readonly needs?: readonly Extra[] };
}

/** Runs each row: at least one passes and one fails, each FAIL names its evidence, nothing in the snapshot is changed. */
export const testControl = <
  R extends AnyResourceType,
  Need extends string,
  P extends Parameters,
  Extra extends string = never,
>(
  control: Definition<R, Need, P, Extra>,
  table: Table<Snapshot<R, Need | Extra>, P>,
): void => {
  const plain = control as unknown as Control;
  const rows = Object.entries(table.rows).map(([title, row]) => {
    const context: Context<Parameters> = {
      ref: { account: '123456789012', region: 'us-east-1', id: row.id ?? 'example' },
      parameters: { ...defaults(plain), ...row.parameters },
      at: row.at ?? now,
      ...(row.regions ? { regions: row.regions } : {}),
    };
    const snapshot = deepFreeze({ ...table.base, ...row.given }) as Record<string, unknown>;
    evaluated.push({ control: plain, snapshot, context });
    return { title, row, snapshot, context };
  });
  for (const [service, own] of Object.entries(table.effects ?? {}))
    for (const operation of Object.keys(own))
      effectsOfTables.push({ control: control.id, call: `${service}.${operation}` });
  if (typeof describe !== 'function') return;
  describe(`${control.id} ${control.resources.map(({ type }) => type).join(', ')}`, () => {
    it('has a row that passes and a row that fails', () => {
      const verdicts = rows.map(({ row }) => row.verdict);
      expect(verdicts).toContain('PASS');
      expect(verdicts).toContain('FAIL');
    });
    for (const { title, row, snapshot, context } of rows) {
      it(`${title}: ${row.verdict}`, () => {
        for (const need of control.needs) expect(Object.keys(snapshot)).toContain(need);
        const verdict = plain.evaluate(snapshot, context);
        expect(verdict).toMatchObject({ status: row.verdict });
        if (verdict.status !== 'PASS') expect(verdict.reason).toMatch(row.reason ?? /\S/);
        if (verdict.status === 'FAIL') {
          expect(verdict.evidence.length).toBeGreaterThan(0);
          expect(JSON.parse(JSON.stringify(verdict.evidence))).toEqual(verdict.evidence);
          if (row.evidence) expect(verdict.evidence.map(({ path }) => path)).toEqual(row.evidence);
        }
        // It is evaluated again then: who asks for the same time once more is evaluated for ever, and turns never.
        if ('recheckAt' in verdict && verdict.recheckAt) {
          const then = plain.evaluate(snapshot, { ...context, at: verdict.recheckAt });
          expect('recheckAt' in then ? then.recheckAt : undefined).not.toEqual(verdict.recheckAt);
        }
        if (row.recheckAt) expect(verdict).toMatchObject({ recheckAt: row.recheckAt });
      });
      if (row.verdict === 'FAIL' && (plain.remediation.plan || plain.remediation.combined)) {
        it(`${title}: its plan`, () => testPlan(plain, snapshot, context, row.plan, table.effects));
      }
    }
  });
};
