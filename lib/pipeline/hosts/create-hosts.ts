import { once } from '../../support/once.ts';
import { engineFor } from '../runtime/create-runtime.ts';
import { required } from '../runtime/environment.ts';
import type { Engine } from '../runtime/runtime.ts';
import { differing } from './harden/harden-plan.ts';
import { controlOn, hostAnswers, type OnHost } from './host-controls.ts';
import { hostInstance } from './host-instance.ts';
import { hostPorts } from './host-ports.ts';
import type { Hosts } from './hosts.ts';
import { withTold } from './self-reported.ts';

/** No sweep reads a host: what is due of it comes with its next audit. */
const neverDue = '9999-12-31T23:59:59.999Z';

/** The engine, which knows hosts as well; whether they answer is always judged. */
export const withHosts = (engine: Engine, rows: readonly OnHost[]): Engine => {
  const controls = [...rows.map(controlOn), hostAnswers];
  const always = { mode: 'observe', backlog: false, risk: 'safe', parameters: {} } as const;
  return {
    ...engine,
    baseline: {
      ...engine.baseline,
      controls: { [hostAnswers.id]: always, ...engine.baseline.controls },
    },
    types: [...engine.types, hostInstance],
    reader: () => withTold(engine.reader(), engine.posture),
    posture: {
      ...engine.posture,
      write: (key, before, row) => engine.posture.write(key, before, row, neverDue),
    },
    controlsOf: async (type) => (type === hostInstance.type ? controls : engine.controlsOf(type)),
  };
};

/** What the baseline sets otherwise than the documents do. */
export const parametersOf = (
  rows: readonly OnHost[],
  { controls }: Engine['baseline'],
  areas: readonly string[],
): string => {
  const settings = rows
    .filter(({ area }) => areas.includes(area))
    .flatMap((row) => differing(row, controls[row.id]?.parameters));
  return settings.length === 0 ? 'none' : settings.join(' ');
};

const create = async (functionArn: string, load: () => readonly OnHost[]): Promise<Hosts> => {
  const [engine, ports] = await Promise.all([engineFor(functionArn), hostPorts()]);
  const rows = load();
  const { hosts: settings } = engine.baseline;
  if (!settings) throw new Error('the baseline has no hosts: deploy the stack again');
  return {
    ...ports,
    engine: withHosts(engine, rows),
    settings,
    documents: JSON.parse(required('AUDIT_DOCUMENTS')),
    controls: rows,
    parametersFor: (areas) => parametersOf(rows, engine.baseline, areas),
  };
};

/** One for each process, as the engine is. */
export const hostsFor = once(create);
