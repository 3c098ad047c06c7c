import type { Service } from '../../model/control.ts';
import { services } from '../../services/every.ts';
import type { AnyService } from '../../services/service.ts';

const all: readonly (readonly [string, AnyService])[] = Object.entries(services);
const isService = (name: string): name is Service => Object.hasOwn(services, name);

/** The service whose requests are signed under a name; S3 Control's are told from S3's by their path alone. */
export const serviceSignedAs = (signingName: string): Service | undefined => {
  const [name] = all.find(([, { iam, signsAs = iam }]) => signsAs === signingName) ?? [];
  return name !== undefined && isService(name) ? name : undefined;
};

/** What is particular to a service that is known by its name only. */
export const serviceOf = (service: Service): AnyService => services[service];
