import { createRollouts } from '../../../aws/stores/rollouts.ts';
import { once } from '../../../support/once.ts';
import { runtimeFor } from '../../runtime/create-runtime.ts';
import { dynamoDbIn, required } from '../../runtime/environment.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { withHosts } from '../create-hosts.ts';
import type { OnHost } from '../host-controls.ts';
import { hostPorts } from '../host-ports.ts';
import type { Hardening } from './hardening.ts';

const create = async (
  functionArn: string,
  load: () => Promise<readonly OnHost[]>,
): Promise<Runtime> => {
  const runtime = await runtimeFor(functionArn);
  const { CHANGE_DOCUMENTS: documents } = process.env;
  if (!runtime.remediation || documents === undefined) return runtime;
  const [rows, ports, items] = await Promise.all([
    load(),
    hostPorts(runtime),
    dynamoDbIn(required('AWS_REGION')),
  ]);
  const hardening: Hardening = {
    ...ports,
    documents: JSON.parse(documents),
    rollouts: createRollouts({
      dynamoDb: items,
      table: required('LEDGER_TABLE'),
      earlier: required('POSTURE_TABLE'),
    }),
    areaOf: (control) => rows.find(({ id }) => id === control)?.area,
  };
  return withHosts({ ...runtime, remediation: { ...runtime.remediation, hardening } }, rows);
};

/** The runtime of the function that acts: it knows hosts where the stack changes them. One for each process. */
export const hardeningEngineFor = once(create);
