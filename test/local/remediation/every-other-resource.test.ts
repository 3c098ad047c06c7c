import { ec2Drifts } from '../../remediation/drifts/ec2.ts';
import { drifts } from '../../remediation/drifts/index.ts';
import { s3Drifts } from '../../remediation/drifts/s3.ts';
import { shapesAmong } from '../../remediation/shapes.ts';
import { testDrifts } from './every-drift.ts';

const elsewhere = new Set([...s3Drifts, ...ec2Drifts]);
testDrifts(shapesAmong(drifts.filter((drift) => !elsewhere.has(drift))));
