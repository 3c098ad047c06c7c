import type { DecodedCall } from '../endpoint/call.ts';
import { serviceOf } from '../endpoint/services.ts';

/** The call as CloudTrail names it. */
export const eventName = ({ service, operation }: DecodedCall) =>
  serviceOf(service).eventNames?.[operation] ?? operation;

/** What stands before `.amazonaws.com` in an event's source, and after `aws.` on EventBridge. */
export const sourceOf = ({ service }: DecodedCall) =>
  serviceOf(service).eventSource.replace('.amazonaws.com', '');

/** Services with one endpoint for the world, whose events arrive in us-east-1. */
export const regionOf = ({ service, region }: DecodedCall) =>
  serviceOf(service).isGlobal ? 'us-east-1' : region;

/** Calls on data are logged only where a trail asks for them. */
export const isManagementCall = ({ service, operation }: DecodedCall) =>
  !serviceOf(service).dataCalls?.test(operation);
