import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// happy-dom lays nothing out: without a size the virtual list would draw no row.
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { get: () => 600 },
  clientWidth: { get: () => 400 },
});

// Other work may keep the machine's cores busy.
configure({ asyncUtilTimeout: 8000 });

afterEach(cleanup);
