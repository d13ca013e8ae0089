import { makeSvg } from './dom.js';

/** What each kind of resource looks like, on a field of 24 by 24. */
const PATHS = {
  authorizer: 'M6 11H18V20H6ZM8.500 11V8A3.500 3.500 0 0 1 15.500 8V11M12 14.500V16.500',
  bucket: 'M4 6.500C4 4.600 20 4.600 20 6.500 20 8.400 4 8.400 4 6.500L6.200 19C6.400 20.700 17.600 20.700 17.800 19L20 6.500',
  function: 'M6 4.500H8.500C10 4.500 10.600 5.500 11 6.800L15 18C15.400 19.100 16 19.500 17.500 19.500H18.500M11.600 9.200 6 19.500',
  'log group': 'M4 6H20M4 10H14M4 14H18M4 18H11',
  parameter: 'M7.500 8A4 4 0 1 0 7.500 16 4 4 0 1 0 7.500 8ZM11.500 12H20.500V15.500M16.500 12V14.500',
  queue: 'M3.500 8H7V16H3.500ZM10 8H13.500V16H10ZM16.500 8H20V16H16.500Z',
  role: 'M12 4.500A3.500 3.500 0 1 0 12 11.500 3.500 3.500 0 1 0 12 4.500ZM5 20C5 12.700 19 12.700 19 20Z',
  route: 'M12 3.500A8.500 8.500 0 1 0 12 20.500 8.500 8.500 0 1 0 12 3.500ZM3.500 12H20.500M12 3.500C7 9 7 15 12 20.500 17 15 17 9 12 3.500',
  table: 'M4 5H20V19H4ZM4 10H20M4 14.500H20M10 10V19',
  topic: 'M12 10.500V13.500M8.500 8.500C6.800 10.500 6.800 13.500 8.500 15.500M15.500 8.500C17.200 10.500 17.200 13.500 15.500 15.500M5.500 5.500C2 9.300 2 14.700 5.500 18.500M18.500 5.500C22 9.300 22 14.700 18.500 18.500',
  everybody: 'M12 4.500A3.500 3.500 0 1 0 12 11.500 3.500 3.500 0 1 0 12 4.500ZM5 20C5 12.700 19 12.700 19 20',
};

/** A picture for a kind of resource; what is not known has a plain square. */
export function icon(kind) {
  const path = PATHS[kind] ?? 'M5 5H19V19H5Z';
  return makeSvg(
    'svg.icon',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    makeSvg('path', { d: path }),
  );
}
