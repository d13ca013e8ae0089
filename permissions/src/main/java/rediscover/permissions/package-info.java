/** Reads from a template who may invoke its functions and what they may call, and decides it. */
package rediscover.permissions;
