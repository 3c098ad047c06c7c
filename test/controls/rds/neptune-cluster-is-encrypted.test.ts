import { neptuneClusterIsEncrypted } from '../../../lib/controls/rds/neptune-cluster-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { encryptionRows } from './other-engine-rows.ts';

testControl(neptuneClusterIsEncrypted, { rows: encryptionRows('neptune') });
