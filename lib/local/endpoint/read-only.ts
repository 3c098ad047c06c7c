import type { Service } from '../../model/control.ts';
import { serviceOf } from './services.ts';

const verbs =
  /^(Get|List|Describe|Head|Lookup|Search|Select|Simulate|Scan|Query|BatchGet|BatchDescribe|TestEvent|TransactGet|Validate|Check|Detect|Estimate|Receive|Preview)/;

/** Whether CloudTrail marks a call read-only. */
export const isReadOnly = (service: Service, operation: string) =>
  verbs.test(operation) || (serviceOf(service).readOnly?.includes(operation) ?? false);
