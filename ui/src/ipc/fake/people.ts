/** People in memory: who is at work, the lock, roles and secrets. */

import type { Commands } from '../commands';
import type {
  AddPersonRequest,
  ChangePersonRequest,
  PeopleView,
  PersonView,
  PresenceView,
  SignInChoicesView,
  SignInRequest,
} from '../generated';
import type { FakeBook } from './book';
import { refusal } from './refuse';

export type PeopleCommand =
  | 'presence'
  | 'lock_now'
  | 'unlock'
  | 'sign_in_choices'
  | 'sign_in'
  | 'sign_out'
  | 'people'
  | 'add_person'
  | 'change_person'
  | 'reset_secret'
  | 'change_own_secret'
  | 'set_single_user'
  | 'set_idle_minutes'
  | 'change_passphrase';

interface FakePerson extends PersonView {
  secret: string | null;
}

interface Kept {
  people: FakePerson[];
  me: string | null;
  locked: boolean;
  /** Somebody was signed out of the locked window. */
  guarded: boolean;
  idleMinutes: number;
}

const IDLE_MINUTES = 15;
const SECRET_MIN = 6;
const kept = new WeakMap<FakeBook, Kept>();

function of(book: FakeBook): Kept {
  const known = kept.get(book);
  if (known) {
    return known;
  }
  const first = newPerson(book, book.user, '', 'admin', null);
  const made: Kept = {
    people: [first],
    me: first.id,
    locked: false,
    guarded: false,
    idleMinutes: IDLE_MINUTES,
  };
  kept.set(book, made);
  return made;
}

function newPerson(
  book: FakeBook,
  name: string,
  email: string,
  role: string,
  secret: string | null,
): FakePerson {
  const toChoose = secret !== null;
  return {
    id: book.newId(),
    name,
    email,
    role,
    active: true,
    hasSecret: toChoose,
    secretToChoose: toChoose,
    secret,
  };
}

/** Who is there. */
export function presenceOf(book: FakeBook | null): PresenceView {
  if (!book) {
    return { open: false, person: null, locked: false, idleMinutes: 0 };
  }
  const { people, me, locked, idleMinutes } = of(book);
  const person = people.find((one) => one.id === me);
  return {
    open: true,
    person: person
      ? { id: person.id, name: person.name, role: person.role, hasSecret: person.hasSecret }
      : null,
    locked,
    idleMinutes,
  };
}

/** A workbook was opened: whoever is alone in it without a secret is signed in at once. */
export function welcome(book: FakeBook): void {
  const state = of(book);
  const active = state.people.filter((person) => person.active);
  const [first] = active;
  state.locked = false;
  state.me = first && active.length === 1 && !first.hasSecret ? first.id : null;
}

function meOf(book: FakeBook): FakePerson {
  const { people, me } = of(book);
  const person = people.find((one) => one.id === me);
  if (!person) {
    throw refusal('notSignedIn', 'Nobody is signed in: say who you are first.');
  }
  return person;
}

function asAdmin(book: FakeBook): void {
  const { name, role } = meOf(book);
  if (role !== 'admin') {
    throw refusal(
      'notAllowed',
      `${name} works here as ${role} and may not change who works here: ask an admin`,
    );
  }
}

function personOf(book: FakeBook, id: string): FakePerson {
  const person = of(book).people.find((one) => one.id === id);
  if (!person) {
    throw refusal('stale', `There is no user ${id}.`);
  }
  return person;
}

function checked(secret: string): string {
  if ([...secret].length < SECRET_MIN) {
    throw refusal('invalid', 'A secret has 6 to 200 characters.');
  }
  return secret;
}

function view(book: FakeBook): PeopleView {
  const { people, idleMinutes } = of(book);
  return {
    people: people.map(({ secret: _, ...person }) => person),
    me: meOf(book).id,
    singleUser: book.singleUser,
    idleMinutes,
  };
}

function choices(book: FakeBook): SignInChoicesView {
  const active = of(book).people.filter((person) => person.active);
  return {
    company: book.company,
    people: active.map(({ id, name, hasSecret }) => ({ id, name, hasSecret, waitSeconds: 0 })),
    guarded: of(book).guarded,
  };
}

function signIn(book: FakeBook, { id, secret, newSecret }: SignInRequest): PresenceView {
  const person = personOf(book, id);
  const wanted = person.hasSecret ? person.secret : of(book).guarded ? book.passphrase : secret;
  if (wanted !== secret) {
    throw refusal('wrongSecret', 'That is not right.');
  }
  if (person.secretToChoose) {
    if (newSecret === null) {
      throw refusal(
        'secretToChoose',
        'This secret was given by an admin: choose another of your own with it.',
      );
    }
    person.secret = checked(newSecret);
    person.secretToChoose = false;
  }
  Object.assign(of(book), { me: person.id, guarded: false });
  book.user = person.name;
  book.tell('user.signed_in', `user ${id}`, {});
  return presenceOf(book);
}

function unlock(book: FakeBook, secret: string): PresenceView {
  const person = meOf(book);
  if (secret !== (person.hasSecret ? person.secret : book.passphrase)) {
    throw refusal('wrongSecret', 'That is not right.');
  }
  of(book).locked = false;
  return presenceOf(book);
}

function add(book: FakeBook, request: AddPersonRequest): PeopleView {
  asAdmin(book);
  const name = request.name.trim();
  if (of(book).people.some((person) => person.name.toLowerCase() === name.toLowerCase())) {
    throw refusal('invalid', `'${name}' is, or was, somebody's name here: choose another.`);
  }
  const secret = request.firstSecret === null ? null : checked(request.firstSecret);
  of(book).people.push(newPerson(book, name, request.email.trim(), request.role, secret));
  book.tell('user.added', 'user', { name, role: request.role });
  return view(book);
}

function change(book: FakeBook, request: ChangePersonRequest): PeopleView {
  asAdmin(book);
  const person = personOf(book, request.id);
  const role = request.role ?? person.role;
  const active = request.active ?? person.active;
  const others = of(book).people.some((one) => one !== person && one.active && one.role === 'admin');
  if (person.role === 'admin' && (role !== 'admin' || !active) && !others) {
    throw refusal('invalid', `${person.name} is the last active admin: make somebody else an admin first`);
  }
  Object.assign(person, {
    name: request.name?.trim() ?? person.name,
    email: request.email ?? person.email,
    role,
    active,
  });
  return view(book);
}

type Handlers = {
  [Name in PeopleCommand]: (args: Commands[Name]['args']) => Commands[Name]['answer'];
};

/** What the host in memory answers of people. `opened` is the workbook that is open. */
export function peopleHandlers(current: () => FakeBook, opened: () => FakeBook | null): Handlers {
  return {
    presence: () => presenceOf(opened()),
    lock_now: () => {
      of(current()).locked = true;
      return presenceOf(current());
    },
    unlock: ({ secret }) => unlock(current(), secret),
    sign_in_choices: () => choices(current()),
    sign_in: ({ request }) => signIn(current(), request),
    sign_out: () => {
      const { locked, guarded } = of(current());
      Object.assign(of(current()), { me: null, locked: false, guarded: guarded || locked });
      return presenceOf(current());
    },
    people: () => view(current()),
    add_person: ({ request }) => add(current(), request),
    change_person: ({ request }) => change(current(), request),
    reset_secret: ({ id, secret }) => {
      asAdmin(current());
      Object.assign(personOf(current(), id), {
        secret: checked(secret),
        hasSecret: true,
        secretToChoose: true,
      });
      return view(current());
    },
    change_own_secret: ({ present, new: next }) => {
      const me = meOf(current());
      if (present !== (me.hasSecret ? me.secret : current().passphrase)) {
        throw refusal('wrongSecret', 'That is not right.');
      }
      Object.assign(me, { secret: next === null ? null : checked(next), hasSecret: next !== null });
      return view(current());
    },
    set_single_user: ({ singleUser, reason }) => {
      asAdmin(current());
      current().singleUser = singleUser;
      current().tell('company.single_user_changed', 'company', { after: singleUser, reason });
      return view(current());
    },
    set_idle_minutes: ({ minutes }) => {
      asAdmin(current());
      of(current()).idleMinutes = minutes;
      return view(current());
    },
    change_passphrase: ({ present, new: next }) => {
      asAdmin(current());
      if (present !== current().passphrase) {
        throw refusal('wrongPassphrase', 'The passphrase is wrong.');
      }
      current().passphrase = next;
      return null;
    },
  };
}

/** Commands that a locked window answers. */
const ANSWERED = ['app_state', 'presence', 'lock_now', 'unlock', 'sign_out', 'cancel_task'];

/** Refuses what the host refuses while the window is locked. */
export function admit(name: string, book: FakeBook | null): void {
  if (book && of(book).locked && !ANSWERED.includes(name)) {
    throw refusal('locked', 'The window is locked: unlock it first.');
  }
}
