import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Commands, host, type PeopleView } from '@/ipc';
import { notePresence } from '@/shared/presence';
import { KEYS, refreshBook } from '@/shared/queries';

type Changing = {
  [Name in keyof Commands]: Commands[Name]['answer'] extends PeopleView ? Name : never;
}[keyof Commands];

/** Everybody who works or worked here. */
export function usePeople() {
  return useQuery({ queryKey: KEYS.people, queryFn: () => host().call('people', {}) });
}

/** Does something that changes people, and takes in what holds from then on. Refusals are thrown. */
export function useChange() {
  const client = useQueryClient();
  return async <Name extends Changing>(name: Name, args: Commands[Name]['args']): Promise<void> => {
    client.setQueryData(KEYS.people, await host().call(name, args));
    notePresence(await host().call('presence', { active: true }));
    await refreshBook(client);
  };
}
