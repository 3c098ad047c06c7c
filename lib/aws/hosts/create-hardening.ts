import { engineFor } from '../create-engine.ts';
import type { Engine } from '../engine.ts';
import { documentsIn, required } from '../environment.ts';
import { once } from '../once.ts';
import type { OnHost } from './controls.ts';
import { withHosts } from './create-hosts.ts';
import type { Hardening } from './hardening.ts';
import { hostPorts } from './host-ports.ts';
import { createRollouts } from './rollouts.ts';

const create = async (
  functionArn: string,
  load: () => Promise<readonly OnHost[]>,
): Promise<Engine> => {
  const engine = await engineFor(functionArn);
  const { CHANGE_DOCUMENTS: documents } = process.env;
  if (!engine.remedies || documents === undefined) return engine;
  const [rows, ports, items] = await Promise.all([
    load(),
    hostPorts(),
    documentsIn(required('AWS_REGION')),
  ]);
  const hardening: Hardening = {
    ...ports,
    documents: JSON.parse(documents),
    rollouts: createRollouts(items, required('POSTURE_TABLE')),
    areaOf: (control) => rows.find(({ id }) => id === control)?.area,
  };
  return withHosts({ ...engine, remedies: { ...engine.remedies, hardening } }, rows);
};

/** The engine of the function that acts: it knows hosts where the stack changes them. One for each process. */
export const hardeningEngineFor = once(create);
