"""The main page: session, scene, controls, link, exports."""
