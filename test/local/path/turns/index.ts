import { alarmTurns } from './alarms.ts';
import { balancerTurns } from './balancers.ts';
import { buildTurns } from './builds.ts';
import { cacheTurns } from './caches.ts';
import { containerTurns } from './containers.ts';
import { dataTurns } from './data.ts';
import { databaseTurns } from './databases.ts';
import { detectionTurns } from './detection.ts';
import { distributionTurns } from './distributions.ts';
import { edgeTurns } from './edges.ts';
import { endpointTurns } from './endpoints.ts';
import { fileTurns } from './files.ts';
import { functionTurns } from './functions.ts';
import { groupTurns } from './groups.ts';
import { identityTurns } from './identities.ts';
import { instanceTurns } from './instances.ts';
import { machineTurns } from './machines.ts';
import { networkTurns } from './networks.ts';
import { operationTurns } from './operations.ts';
import { ownTurns } from './own.ts';
import { policyTurns } from './policies.ts';
import { searchTurns } from './searches.ts';
import { settingTurns } from './settings.ts';
import { stageTurns } from './stages.ts';
import { storeTurns } from './stores.ts';
import type { Turn } from './turn.ts';
import { warehouseTurns } from './warehouses.ts';

export const turns: readonly Turn[] = [
  ...alarmTurns,
  ...buildTurns,
  ...containerTurns,
  ...dataTurns,
  ...detectionTurns,
  ...distributionTurns,
  ...edgeTurns,
  ...endpointTurns,
  ...groupTurns,
  ...identityTurns,
  ...instanceTurns,
  ...machineTurns,
  ...networkTurns,
  ...policyTurns,
  ...settingTurns,
  ...balancerTurns,
  ...fileTurns,
  ...cacheTurns,
  ...warehouseTurns,
  ...databaseTurns,
  ...functionTurns,
  ...searchTurns,
  ...storeTurns,
  ...operationTurns,
  ...stageTurns,
  ...(await ownTurns()),
];
