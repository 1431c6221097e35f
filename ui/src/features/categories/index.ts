export { CategoriesScreen } from './CategoriesScreen';
export { CATEGORY_FIELDS } from './fields';
