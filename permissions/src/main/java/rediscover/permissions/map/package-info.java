/**
 * The permission map: for each function who may invoke it and what it may call, as data for the
 * page that draws it.
 */
package rediscover.permissions.map;
