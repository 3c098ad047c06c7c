import type { ServiceName } from './services.ts';

const verbs =
  /^(Get|List|Describe|Head|Lookup|Search|Select|Simulate|Scan|Query|BatchGet|BatchDescribe|TestEvent|TransactGet|Validate|Check|Detect|Estimate|Receive|Preview)/;

/** Calls that CloudTrail marks read-only although their names don't show it. */
const others: Partial<Record<ServiceName, readonly string[]>> = {
  iam: ['GenerateCredentialReport', 'GenerateServiceLastAccessedDetails'],
  sts: [
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'DecodeAuthorizationMessage',
  ],
};

export const isReadOnly = (service: ServiceName, operation: string) =>
  verbs.test(operation) || (others[service]?.includes(operation) ?? false);
