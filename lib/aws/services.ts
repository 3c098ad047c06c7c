import type { Service } from '../model/control.ts';
import { serviceLoads } from '../services/index.ts';
import type { AnyService, ClientSettings } from '../services/service.ts';

/** What is asked of a service whose calls are not known by name. */
interface Known extends Pick<AnyService, 'pages' | 'together' | 'owned'> {
  connect(settings: ClientSettings, address?: string): Promise<unknown>;
}

const known = new Map<Service, Promise<Known>>();

/** A service, loaded when it is first asked for and kept. */
export const serviceNamed = (name: Service): Promise<Known> => {
  const service = known.get(name) ?? serviceLoads[name]();
  known.set(name, service);
  return service;
};
