import type { AmbiguityView, MappingView } from '@/ipc';

/**
 * The mapping under which the file is read in the other way. The first reading is the one in force (the mapping as it
 * is). `null` where choosing is done elsewhere: by the roles of the columns.
 */
export function mappingFor(
  what: AmbiguityView['what'],
  index: number,
  mapping: MappingView,
): MappingView | null {
  if (index === 0) {
    return mapping;
  }
  switch (what) {
    case 'date_order':
      return {
        ...mapping,
        dateOrder: mapping.dateOrder === 'dayMonthYear' ? 'monthDayYear' : 'dayMonthYear',
      };
    case 'decimal_mark':
      return { ...mapping, decimalMark: mapping.decimalMark === 'point' ? 'comma' : 'point' };
    case 'sign':
      return { ...mapping, invertSign: !mapping.invertSign };
    default:
      return null;
  }
}
