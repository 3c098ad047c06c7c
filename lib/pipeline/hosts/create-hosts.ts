import { createOperators } from '../../aws/operators.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { operatorsWho } from '../../engine/baseline/operators.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { silentUntil, unansweredIn } from '../../engine/remediation/overdue.ts';
import { latestDate } from '../../support/latest-date.ts';
import { once, onceEach } from '../../support/once.ts';
import { runtimeFor } from '../runtime/create-runtime.ts';
import { deployedClients } from '../runtime/deployed-clients.ts';
import { required } from '../runtime/environment.ts';
import type { Governing } from '../runtime/governed.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Types } from '../runtime/types.ts';
import { differing } from './harden/harden-plan.ts';
import { controlOn, hostAnswers, type OnHost } from './host-controls.ts';
import { hostInstance } from './host-instance.ts';
import { hostPorts } from './host-ports.ts';
import type { Hosts } from './hosts.ts';
import { withSelfReported } from './self-reported.ts';

/** No sweep reads a host, whose next audit tells what is due; but for what nothing is done about: its row is looked at when the silence is too long. */
const dueOf = (row: ResourceRow, { baseline, clock }: Runtime): string => {
  const ids = Object.keys(row.controls).filter((id) => baseline.controls[id]);
  const controls = ids.map((id) => ({ id }));
  const now = clock();
  return silentUntil(unansweredIn(row, controls, baseline, now), now)?.toISOString() ?? latestDate;
};

const always = { mode: 'observe', backlog: false, risk: 'safe', parameters: {} } as const;
/** The baseline with whether hosts answer; the same one each time, by which it is known what counts in each account. */
const withAnswers = onceEach(
  (baseline: Baseline): Baseline => ({
    ...baseline,
    controls: { [hostAnswers.id]: always, ...baseline.controls },
  }),
);

/** The accounts of an organization, with a baseline that counts for hosts as well. */
const governingHosts = (governing: Governing): Governing => ({
  ...governing,
  async now() {
    const governed = await governing.now();
    return { ...governed, baseline: withAnswers(governed.baseline) };
  },
});

/** With the type of hosts, of which no event of AWS tells. */
const withHost = (types: Types): Types => ({
  ...types,
  named: async (name) => (name === hostInstance.type ? hostInstance : types.named(name)),
  all: async () => [...(await types.all()), hostInstance],
});

/** The runtime, which knows hosts as well; whether they answer is always evaluated. */
export const withHosts = (runtime: Runtime, rows: readonly OnHost[]): Runtime => {
  const controls = [...rows.map(controlOn), hostAnswers];
  const { governing } = runtime;
  return {
    ...runtime,
    baseline: withAnswers(runtime.baseline),
    ...(governing && { governing: governingHosts(governing) }),
    types: withHost(runtime.types),
    reader: (where) => withSelfReported(runtime.reader(where), runtime.posture),
    posture: {
      ...runtime.posture,
      write: (key, before, row) => runtime.posture.write(key, before, row, dueOf(row, runtime)),
    },
    controlsOf: async (type) => (type === hostInstance.type ? controls : runtime.controlsOf(type)),
  };
};

/** What the baseline sets otherwise than the documents do. */
export const parametersOf = (
  rows: readonly OnHost[],
  { controls }: Runtime['baseline'],
  areas: readonly string[],
): string => {
  const settings = rows
    .filter(({ area }) => areas.includes(area))
    .flatMap((row) => differing(row, controls[row.id]?.parameters));
  return settings.length === 0 ? 'none' : settings.join(' ');
};

const create = async (functionArn: string, load: () => readonly OnHost[]): Promise<Hosts> => {
  const runtime = await runtimeFor(functionArn);
  const ports = await hostPorts(runtime);
  const rows = load();
  const { baseline, place, clock } = runtime;
  const { hosts: settings } = baseline;
  if (!settings) throw new Error('the baseline has no hosts: deploy the stack again');
  const operators = createOperators({
    arns: operatorsWho(['audit'], baseline),
    account: place.account,
    iam: () => deployedClients(place.homeRegion)('iam'),
    clock,
  });
  return {
    ...ports,
    runtime: { ...withHosts(runtime, rows), operators },
    settings,
    documents: JSON.parse(required('AUDIT_DOCUMENTS')),
    controls: rows,
    parametersFor: (areas, counting) => parametersOf(rows, counting, areas),
  };
};

/** One for each process, as the runtime is. */
export const hostsFor = once(create);
