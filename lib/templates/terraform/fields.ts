import { isIntrinsic } from '../../support/intrinsics.ts';
import { Holed } from '../resolution/hole.ts';

export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Holed);
/** Whether a value is one that a function of CloudFormation gives. */
const isReference = (value: unknown): boolean =>
  isFields(value) && Object.keys(value).some(isIntrinsic);
/** Whether a value is a map with fields of its own. */
export const isMap = (value: unknown): value is Fields => isFields(value) && !isReference(value);
