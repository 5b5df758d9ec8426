import { database, user } from './inside';
import { databaseInstance } from './instance';

export const sql = [databaseInstance, database, user];
