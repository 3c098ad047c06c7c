import { ec2Drifts } from '../../remediation/drifts/ec2.ts';
import { s3Drifts } from '../../remediation/drifts/s3.ts';
import { notInterrupted, shapesAmong } from '../../remediation/shapes.ts';
import { testDrifts } from './every-drift.ts';

testDrifts(notInterrupted(shapesAmong([...s3Drifts, ...ec2Drifts])));
