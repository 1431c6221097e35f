export { CategoriesScreen } from './CategoriesScreen';
