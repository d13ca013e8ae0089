/**
 * Generates the data of the permission map when the project is built. Nothing in the embedded run
 * uses it.
 */
package rediscover.permissions.map;
