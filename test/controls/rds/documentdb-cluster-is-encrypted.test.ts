import { documentdbClusterIsEncrypted } from '../../../lib/controls/rds/documentdb-cluster-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { encryptionRows } from './other-engine-rows.ts';

testControl(documentdbClusterIsEncrypted, { rows: encryptionRows('docdb') });
