import { ec2Drifts } from '../../remediation/drifts/ec2.ts';
import { s3Drifts } from '../../remediation/drifts/s3.ts';
import { notInterrupted } from '../../remediation/shapes.ts';
import { testDrifts } from './every-drift.ts';

const elsewhere = new Set([...s3Drifts, ...ec2Drifts]);
testDrifts(notInterrupted.filter((drift) => !elsewhere.has(drift)));
