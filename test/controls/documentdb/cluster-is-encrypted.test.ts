import { clusterIsEncrypted } from '../../../lib/controls/documentdb/cluster-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { encryptionRows } from '../rds/other-engine-rows.ts';

testControl(clusterIsEncrypted, { rows: encryptionRows('docdb') });
