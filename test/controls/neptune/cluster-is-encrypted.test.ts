import { clusterIsEncrypted } from '../../../lib/controls/neptune/cluster-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { encryptionRows } from '../rds/other-engine-rows.ts';

testControl(clusterIsEncrypted, { rows: encryptionRows('neptune') });
