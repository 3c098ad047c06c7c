import type { Clients } from '../../../../lib/aws/clients.ts';
import { nameOf, type Turn } from './turn.ts';

/** A resource of which one call sets the setting that the control asks for. */
export interface Setting extends Pick<Turn, 'control' | 'type'> {
  /** Makes the resource, whichever setting it has then, and answers its id. */
  create(clients: Clients, name: string): Promise<string | undefined>;
  set(clients: Clients, id: string, isRight: boolean): Promise<unknown>;
}

export const turnOf = ({ control, type, create, set }: Setting): Turn => ({
  ...{ control, type },
  make: async (clients) => {
    const id = await create(clients, nameOf('turn'));
    if (id === undefined) throw new Error(`${type} was not made`);
    await set(clients, id, true);
    return id;
  },
  wrong: (clients, id) => set(clients, id, false),
  right: (clients, id) => set(clients, id, true),
});

/** A resource whose id is its name, and of which AWS changes nothing: it is deleted, and made again. */
interface Kind extends Pick<Turn, 'type'> {
  create(clients: Clients, name: string, differing: object): Promise<unknown>;
  remove(clients: Clients, name: string): Promise<unknown>;
}

export const remade = (
  { type, create, remove }: Kind,
  control: string,
  right: object,
  wrong: object,
): Turn => {
  const again = async (clients: Clients, name: string, differing: object) => {
    await remove(clients, name);
    await create(clients, name, differing);
  };
  return {
    ...{ control, type },
    make: async (clients) => {
      const name = nameOf('turn');
      await create(clients, name, right);
      return name;
    },
    wrong: (clients, name) => again(clients, name, wrong),
    right: (clients, name) => again(clients, name, right),
  };
};

/** A resource that nobody changes, and whose id AWS gives. */
interface Newborn extends Pick<Turn, 'control' | 'type' | 'also'> {
  /** Makes one and answers its id. */
  create(clients: Clients, isRight: boolean): Promise<string>;
  remove(clients: Clients, id: string): Promise<unknown>;
}

/** Of two that are made one passes, and the other one fails, which is deleted. */
export const madeTwice = ({ create, remove, ...of }: Newborn): Turn => ({
  ...of,
  make: (clients) => create(clients, true),
  wrong: (clients) => create(clients, false),
  right: remove,
  isArchived: true,
});
