/** Accounts, for administrators: parse, call, answer. */
import { User, usersRoutes } from '../../contract/users.ts';
import type { Api } from '../../http/api.ts';
import { ok } from '../../http/call.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { Users, type UsersParts } from './service.ts';

const LIST = 'users';

export function addUsers(api: Api, parts: UsersParts): void {
  const users = new Users(parts);
  api.add(usersRoutes, {
    listUsers: async ({ query }) => {
      const page = await users.list(query.limit, positionOf(LIST, query.cursor));
      return ok(shownPage(LIST, page, (row) => User.parse(row)));
    },
    changeUser: async (call) => ok(User.parse(await users.change(call, call.params.id, call.body, call.expected))),
  });
}
