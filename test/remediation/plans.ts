import type { Clients } from '../../lib/aws/clients.ts';
import { codeOf } from '../../lib/aws/errors.ts';
import type { BatchReader } from '../../lib/aws/reader.ts';
import type { AnyResourceType, Call, Control, Ref } from '../../lib/controls/control.ts';
import { allControls } from '../../lib/controls/index.ts';
import { evaluate } from '../../lib/engine/evaluate.ts';
import { planNeeds, planOf } from '../../lib/engine/planning.ts';
import { resourceTypes } from '../../lib/resources/index.ts';
import { defaults } from '../controls/harness.ts';
import { awsForTests, refOf } from '../resources/aws.ts';
import type { Drift } from './drift.ts';

interface Subject {
  readonly control: Control;
  readonly type: AnyResourceType;
  readonly ref: Ref;
  readonly parameters: Readonly<Record<string, unknown>>;
}
type State = Readonly<Record<string, unknown>>;

const read = async (reader: BatchReader, { control, type, ref }: Subject): Promise<State> => {
  const needs = [...new Set([...control.needs, ...planNeeds(control)])];
  const reading = await reader.read(type, ref, [...needs, 'about']);
  if (reading.gone) throw new Error(`${ref.id} is gone`);
  const unread = Object.entries(reading.facets).filter(([, one]) => !('value' in one));
  if (unread.length > 0) throw new Error(`not read: ${JSON.stringify(unread)}`);
  return Object.fromEntries(
    Object.entries(reading.facets).map(([name, one]) => [name, 'value' in one && one.value]),
  );
};

/** What a change of the resource alone changes: as an undo has to bring it back. */
const steady = (state: State, { control, type }: Subject): State =>
  Object.fromEntries(
    [...control.needs, ...planNeeds(control)].map((name) => {
      const facet = type.facets[name];
      return [name, facet?.steady ? facet.steady(state[name]) : state[name]];
    }),
  );

const judged = (state: State, { control, ref, parameters }: Subject) =>
  evaluate(
    control,
    Object.fromEntries(Object.entries(state).map(([name, value]) => [name, { value }])),
    { ref, parameters, at: new Date() },
  );

const make = async (clients: Clients, calls: readonly Call[]): Promise<void> => {
  for (const { service, operation, input, tolerates } of calls) {
    const client: object = await clients(service);
    await Reflect.get(client, operation)
      .call(client, input)
      .catch((error: unknown) => {
        if (!tolerates?.includes(codeOf(error))) throw error;
      });
  }
};

const planned = (state: State, { control, ref, parameters, type }: Subject) => {
  const about = Object(state['about']);
  const arn: string = about.arn ?? type.arn?.(ref);
  const made = planOf([{ control, parameters }], state, { ref, arn, at: new Date() });
  if (made?.plan.kind !== 'calls') throw new Error(`no plan: ${JSON.stringify(made?.plan)}`);
  return made.plan;
};

/** Drifts, plans, carries out, judges again and takes back, by the SDK alone and past the handlers. */
export const testPlansOf = (drifts: readonly Drift[]): void => {
  const aws = awsForTests();
  describe.each(drifts)('$control: $title', (drift) => {
    it('passes, fails, passes by its plan, and is as before by its undo', async () => {
      const clients = aws.clients();
      const control = (await allControls()).find(({ id }) => id === drift.control);
      const type = resourceTypes.find((one) => one.type === drift.type);
      if (!control || !type) throw new Error(`there is no ${drift.control} of ${drift.type}`);
      const ref = refOf(await drift.arrange(clients));
      const parameters = { ...defaults(control), ...drift.parameters };
      const subject = { control, type, ref, parameters };
      expect(judged(await read(aws.reader(), subject), subject)).toMatchObject({ status: 'PASS' });
      await drift.drift(clients, ref.id);
      const before = await read(aws.reader(), subject);
      expect(judged(before, subject)).toMatchObject({ status: 'FAIL' });
      const plan = planned(before, subject);
      await make(clients, plan.calls);
      const after = await read(aws.reader(), subject);
      expect(judged(after, subject)).toMatchObject({ status: 'PASS' });
      if ('impossible' in plan.undo) return;
      await make(clients, plan.undo.calls);
      const restored = await read(aws.reader(), subject);
      expect(steady(restored, subject)).toEqual(steady(before, subject));
    });
  });
};
