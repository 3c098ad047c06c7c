import { analyzerDrifts, iamDrifts } from '../../remediation/drifts/iam.ts';
import { rdsDrifts } from '../../remediation/drifts/rds.ts';
import { testDrifts } from './every-drift.ts';

testDrifts([...iamDrifts, ...analyzerDrifts, ...rdsDrifts]);
