import { sampledByOutcome } from '../../extent.ts';
import { ec2Drifts } from '../../remediation/drifts/ec2.ts';
import { drifts } from '../../remediation/drifts/index.ts';
import { s3Drifts } from '../../remediation/drifts/s3.ts';
import { notInterrupted, shapesAmong } from '../../remediation/shapes.ts';
import { testDrifts } from './every-drift.ts';

const elsewhere = new Set([...s3Drifts, ...ec2Drifts]);
const shapes = shapesAmong(drifts.filter((drift) => !elsewhere.has(drift)));
testDrifts(notInterrupted(sampledByOutcome(shapes, { usual: 3 }, ({ type }) => type)));
